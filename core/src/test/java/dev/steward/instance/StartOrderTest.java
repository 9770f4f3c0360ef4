package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which orders a configuration may ask for. */
class StartOrderTest {
    private static InstanceSpec spec(String name, String... after) {
        return InstanceSpec.of(name, "/bin/x").after(after);
    }

    @Test
    void a_chain_of_ten_thousand_is_an_order_whichever_way_it_stands() {
        List<InstanceSpec> chain = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            chain.add(i == 0 ? spec("i0") : spec("i" + i, "i" + (i - 1)));
        }
        assertThat(SiteConfig.of(chain).instances()).hasSize(10_000);

        List<InstanceSpec> reversed = new ArrayList<>();
        chain.forEach(one -> reversed.add(0, one));
        assertThat(SiteConfig.of(reversed).instances()).hasSize(10_000);
    }

    @Test
    void a_circle_of_ten_thousand_is_refused_without_running_out_of_stack() {
        List<InstanceSpec> circle = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            circle.add(spec("i" + i, "i" + (i + 1) % 10_000));
        }

        assertThatThrownBy(() -> SiteConfig.of(circle)).hasMessageContaining("in a circle");
    }

    @Test
    void a_diamond_is_an_order() {
        assertThat(SiteConfig.of(spec("d", "b", "c"), spec("b", "a"), spec("c", "a"), spec("a"))
                        .instances())
                .hasSize(4);
    }

    @Test
    void a_circle_is_named_without_those_who_wait_for_it() {
        assertThatThrownBy(() -> SiteConfig.of(spec("x", "a"), spec("a", "b"), spec("b", "c"), spec("c", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("instances that start after each other in a circle: [a, b, c]");
        assertThatThrownBy(() -> SiteConfig.of(spec("a", "a"))).hasMessageContaining("circle: [a]");
    }

    @Test
    void the_same_name_twice_is_waited_for_once() {
        assertThat(SiteConfig.of(spec("b", "a", "a"), spec("a")).instances()).hasSize(2);
    }

    @Test
    void after_one_that_is_not_there_is_refused_by_name() {
        assertThatThrownBy(() -> SiteConfig.of(spec("a", "nobody")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("instance 'a' is to start after 'nobody', which is not configured");
    }

    @Test
    void a_group_of_one_that_is_not_there_is_refused_by_name() {
        assertThatThrownBy(() -> SiteConfig.of(spec("a")).withGroups(InstanceGroup.oneForAll("g", "a", "nobody")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("group 'g' has a member 'nobody', which is not configured");
    }
}
