package dev.steward.testkit.instance;

import dev.steward.instance.InstanceCause;
import dev.steward.instance.RestartAnswer;
import dev.steward.instance.RestartOrder;
import dev.steward.instance.RunState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * An oracle for requests for restarts: in a rolling one, nobody is told to stop while another of it is down; and who is said to have been
 * restarted has been launched. It looks on only while no two requests are under way. Not safe for use by many threads.
 */
final class RollingWatch {
    private final Set<String> down = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private int underWay;
    private boolean rolling;

    /** A restart is asked for. */
    void asked(RestartOrder order, CompletableFuture<RestartAnswer> answer) {
        underWay++;
        rolling = underWay == 1 && order == RestartOrder.ROLLING;
        down.clear();
        var unused = answer.thenRun(() -> {
            underWay--;
            rolling = false;
        });
    }

    /** The feed has told of a move. */
    void moved(String name, RunState to, Enum<?> why) {
        boolean over = to == RunState.FAILED || (to == RunState.DOWN && why == InstanceCause.COMPLETED);
        if (to == RunState.UP || over) {
            down.remove(name);
        } else if (to == RunState.STOPPING && why == InstanceCause.RESTART_REQUESTED) {
            if (rolling && !down.isEmpty()) {
                violations.add("'" + name + "' is restarted while " + down + " of the same rolling restart is down");
            }
            down.add(name);
        }
    }

    /** What was wrong, in order. */
    List<String> violations() {
        return List.copyOf(violations);
    }
}
