package dev.steward.process;

import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.instance.Output;
import dev.steward.instance.RestartPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Twenty children of all kinds, which write a line when somebody asks for it, and end with a code of their own when they are told to. */
final class Family {
    static final int SIZE = 20;
    private static final Pattern BLANK = Pattern.compile(" ");

    private Family() {}

    /** One of them: each second has its exit code kept, and, of those with records, one of five loses its mark. */
    static InstanceSpec member(int number, boolean records) {
        String script = "exec 3>&2 2>/dev/null; trap 'exit " + number + "' TERM; trap 'echo again >&3' HUP;"
                + " echo before >&3; while [ $((n=n+1)) -lt 2000 ]; do sleep 0.05; done";
        boolean forgetful = records && number % 5 == 3;
        InstanceSpec spec = forgetful
                ? InstanceSpec.of(name(number), "env", "-i", "PATH=/usr/bin:/bin", "/bin/sh", "-c", script)
                : Host.shell(name(number), script);
        return number % 2 == 0 ? spec.withRestart(RestartPolicy.onFailure()) : spec;
    }

    static String name(int number) {
        return "child-" + number;
    }

    static ProcessOptions options(boolean records) {
        return ProcessOptions.defaults().withRecords(records);
    }

    /** Launches them all, and waits until all have written their first line. */
    static List<Observation.Running> launch(Host host, int size, boolean records) {
        List<Incarnation> lives = new ArrayList<>();
        for (int number = 1; number <= size; number++) {
            lives.add(host.launch(member(number, records)));
        }
        for (int number = 1; number <= size; number++) {
            host.events.await(Observation.Running.class, lives.get(number - 1));
            host.awaitLine(name(number), Output.STDERR, "before");
        }
        return host.look().running();
    }

    /** In another JVM: launches them, says who they are, and then does as it is told. */
    static void parent(String owner, Path folder, String how) throws IOException {
        boolean records = !how.contains("none");
        int size = how.contains("twenty") ? SIZE : 4;
        OnClose onClose = how.contains("stop") ? OnClose.STOP : OnClose.LEAVE;
        Host host = Host.opened(owner, new ProcessDriver(owner, folder, onClose, options(records)));
        launch(host, size, records).forEach(running -> OtherJvm.say(text(running)));
        OtherJvm.say("ready");
        while (System.in.read() >= 0) {
            if (how.contains("exit")) {
                System.exit(0);
            }
            host.look().running().forEach(running -> OtherJvm.say(text(running)));
            OtherJvm.say("ready");
        }
    }

    private static String text(Observation.Running running) {
        return running.name() + " " + running.life().id() + " " + running.pid();
    }

    /** What the other JVM has said of them. */
    static Map<String, Observation.Running> heard(OtherJvm other) throws IOException {
        var all = new ArrayList<Observation.Running>();
        for (String line = other.line(); !line.equals("ready"); line = other.line()) {
            String[] words = BLANK.split(line, -1);
            all.add(new Observation.Running(
                    words[0], new Incarnation(words[1]), Long.parseLong(words[2]), Duration.ZERO, true));
        }
        return byName(all);
    }

    /** @throws IllegalStateException if one is there twice */
    static Map<String, Observation.Running> byName(List<Observation.Running> running) {
        return running.stream().collect(Collectors.toMap(Observation.Running::name, Function.identity()));
    }
}
