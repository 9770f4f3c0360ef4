package dev.steward.testkit.instance;

import dev.steward.instance.InstanceSpec;
import dev.steward.instance.TargetAnswer;
import dev.steward.instance.TargetRequest;
import dev.steward.instance.TargetState;
import dev.steward.instance.UpdateAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What every instance should be wanted as, from the answers that were given: the slow and simple way. Not safe for use by many threads. */
final class TargetModel {
    private final Map<String, TargetState> targets = new LinkedHashMap<>();
    private final Set<String> unsure = new TreeSet<>();
    private Map<String, InstanceSpec> specs = new LinkedHashMap<>();
    private List<TargetRequest> startRequests;

    /** @param startRequests carried out once, after the first configuration has been loaded */
    TargetModel(List<TargetRequest> startRequests) {
        this.startRequests = startRequests;
    }

    /** A configuration was loaded: who stays keeps the target, who is new has the one to start with. */
    void load(List<InstanceSpec> site) {
        Map<String, InstanceSpec> loaded = new LinkedHashMap<>();
        for (InstanceSpec spec : site) {
            loaded.put(spec.name(), spec);
            InstanceSpec before = specs.get(spec.name());
            boolean changed = before != null && !before.agentClass().equals(spec.agentClass());
            if (before == null || changed) {
                targets.put(spec.name(), spec.start());
            }
            if (changed) {
                unsure.add(spec.name());
            }
        }
        targets.keySet().retainAll(loaded.keySet());
        unsure.retainAll(loaded.keySet());
        specs = loaded;
        List<TargetRequest> first = startRequests;
        startRequests = List.of();
        first.stream().filter(request -> targets.containsKey(request.key())).forEach(this::accepted);
    }

    /** An answer has come. */
    void answered(UpdateAnswer answer) {
        for (TargetAnswer each : answer.answers()) {
            if (each.isAccepted()) {
                accepted(each.request());
            }
        }
    }

    private void accepted(TargetRequest request) {
        TargetState target = TargetState.valueOf(request.target().toUpperCase(Locale.ROOT));
        if (request.key().equals(TargetRequest.ALL)) {
            targets.replaceAll((name, old) -> target);
            unsure.clear();
        } else {
            targets.put(request.key(), target);
            unsure.remove(request.key());
        }
    }

    /**
     * Those that were configured as another class and not asked for since: whether an earlier request for what comes in their place
     * still counts depends on how long the old one took to go.
     */
    Set<String> unsure() {
        return unsure;
    }

    Map<String, TargetState> targets() {
        return targets;
    }
}
