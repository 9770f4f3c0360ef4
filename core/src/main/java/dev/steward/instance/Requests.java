package dev.steward.instance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.steward.instance.TargetAnswer.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Target requests, read in order against the ids that can be asked for. A bad request changes nothing and stops none of
 * the others. Nothing but the answer is made here, so a caller that wants all or nothing looks before it acts.
 *
 * <p>Immutable. Follows the requests of the OCS HostManager, which wrote a message where we answer.
 */
final class Requests {
    private Requests() {}

    /** @param ids of the instances that are not retired, in their order */
    static Answers answer(Set<String> ids, List<TargetRequest> requests) {
        Map<String, TargetState> targets = new LinkedHashMap<>();
        var answers = ImmutableList.<TargetAnswer>builderWithExpectedSize(requests.size());
        for (TargetRequest request : requests) {
            answers.add(new TargetAnswer(request, read(request, ids, targets)));
        }
        return new Answers(answers.build(), ImmutableMap.copyOf(targets));
    }

    private static Verdict read(TargetRequest request, Set<String> ids, Map<String, TargetState> targets) {
        TargetState target;
        switch (request.target()) {
            case "up" -> target = TargetState.UP;
            case "down" -> target = TargetState.DOWN;
            default -> {
                return Verdict.BAD_TARGET;
            }
        }
        if (request.key().equals(TargetRequest.ALL)) {
            ids.forEach(id -> targets.put(id, target));
        } else if (ids.contains(request.key())) {
            targets.put(request.key(), target);
        } else {
            return Verdict.UNKNOWN_ID;
        }
        return Verdict.ACCEPTED;
    }

    /**
     * Every request answered, and what they come to together.
     *
     * @param answers one for each request, in order
     * @param targets of every instance that was asked for by an accepted request, whether or not it had that target
     *     before; the last request wins
     */
    record Answers(List<TargetAnswer> answers, Map<String, TargetState> targets) {
        /** Whether no request was refused. */
        boolean allAccepted() {
            return answers.stream().allMatch(TargetAnswer::isAccepted);
        }
    }
}
