package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.notify.Notification;
import java.time.Duration;
import java.util.List;

/** What tests of holds do with a {@link Scene}. */
final class HoldScene {
    static final Duration HOUR = Duration.ofHours(1);

    private HoldScene() {}

    static Scene up(InstanceSpec... specs) {
        Scene scene = Scene.of(specs).settle();
        scene.driver.takeOrders();
        scene.takeEvents();
        return scene;
    }

    static void hold(Scene scene, String name) {
        scene.host.hold(List.of(name), "ann", "new disks", HOUR);
        scene.settle();
    }

    static void release(Scene scene, String name) {
        scene.host.release(List.of(name), "ann");
        scene.settle();
    }

    static void request(Scene scene, TargetRequest request) {
        assertThat(scene.host.update(List.of(request), false)).isNotDone();
        scene.settle();
    }

    static List<String> notifications(Scene scene) {
        return scene.host.notifications().stream().map(Notification::text).toList();
    }
}
