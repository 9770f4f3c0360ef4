package dev.steward.instance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Restarts with a member that has failed those that share its fate. Not safe for use by many threads. */
final class Groups {
    private final Roster roster;
    private final Map<String, List<InstanceGroup>> byMember = new HashMap<>();

    Groups(Roster roster) {
        this.roster = roster;
    }

    /** The configuration is another. */
    void configured(List<InstanceGroup> groups) {
        byMember.clear();
        for (InstanceGroup group : groups) {
            for (String member : group.members()) {
                byMember.computeIfAbsent(member, name -> new ArrayList<>(1)).add(group);
            }
        }
    }

    /** A member has failed, and is started again. */
    void failed(String member) {
        for (InstanceGroup group : byMember.getOrDefault(member, List.of())) {
            List<String> members = group.members();
            int first = group.strategy() == InstanceGroup.Strategy.REST_FOR_ONE ? members.indexOf(member) + 1 : 0;
            for (String other : members.subList(first, members.size())) {
                InstanceRunner runner = roster.find(other);
                boolean starts =
                        runner != null && runner.next() == NextAction.WAIT_START; // it has not missed anything yet
                if (runner != null && !starts && !other.equals(member)) {
                    runner.recycle(Recycle.asked(
                            InstanceCause.GROUP_RESTARTED,
                            "restarted with " + member + " of group '" + group.name() + "'"));
                }
            }
        }
    }
}
