package dev.steward.instance;

import dev.steward.kernel.Texts;
import dev.steward.notify.Notification;
import dev.steward.notify.NotificationView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why an instance is as it is, what is next and when, in a few lines for people. */
final class Explanation {
    private Explanation() {}

    static String of(String name, Optional<ManagedInstance> instance, NotificationView board, long nanos) {
        List<String> lines = new ArrayList<>();
        lines.add(instance.map(known -> state(known.view(), nanos)).orElse("no instance '" + name + "'"));
        instance.map(known -> next(known.view(), nanos)).ifPresent(lines::add);
        instance.ifPresent(known -> known.view().rulings().forEach(why -> lines.add("- " + why)));
        instance.map(known -> known.view().unwell())
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> lines.add("its probe says: " + text));
        instance.map(known -> history(known.view(), nanos)).ifPresent(lines::add);
        for (Notification notification : board.notifications()) {
            boolean concerns =
                    notification.source().equals(name) || notification.source().equals(StoreMemory.SOURCE);
            boolean isSaid = notification.key().equals(Host.HELD) && lines.contains("- " + notification.text());
            if (concerns && !isSaid) {
                lines.add(notification.text());
            }
        }
        return String.join("\n", lines);
    }

    private static String state(InstanceView view, long nanos) {
        Duration inState = Duration.ofNanos(view.nanosInState(nanos));
        return view.fullName() + " is " + ManagedInstance.INSTANCE.text(view.state()) + " for " + Texts.seconds(inState)
                + (view.cause().text().isEmpty() ? "" : ": " + view.cause());
    }

    private static String next(InstanceView view, long nanos) {
        String when = view.at().isEmpty() ? "" : " in " + Texts.seconds(Duration.ofNanos(view.nanosLeft(nanos)));
        String next = view.rulings().stream().anyMatch(why -> why.code() == InstanceCause.HANDS_OFF)
                ? "would: " + held(view)
                : free(view, when);
        return "wanted " + view.targetState().name().toLowerCase(Locale.ROOT) + "; " + next;
    }

    /** What would be done now if nobody held it. */
    private static String held(InstanceView view) {
        return view.nextAction() == NextAction.START
                ? "launch"
                : view.targetState() == TargetState.UP ? "stop, and launch again" : "stop";
    }

    private static String free(InstanceView view, String when) {
        return switch (view.nextAction()) {
            case UP -> "nothing to do";
            case DOWN ->
                view.targetState() != TargetState.UP
                        ? "nothing to do"
                        : view.rulings().isEmpty()
                                ? "next: launch, once the driver has told what runs"
                                : "nothing to do until somebody asks for it";
            case START -> "next: launch, which is put off";
            case START_AT -> "next: launch" + when;
            case WAIT_START -> "next: to be up, or tried again" + when;
            case WAIT_DEAD -> "next: to be seen gone, or the next signal" + when;
            case INOPERABLE -> "nothing can be done";
        };
    }

    private static String history(InstanceView view, long nanos) {
        return "restarts " + view.restarts() + ", stability "
                + String.format(Locale.ROOT, "%.2f", view.stabilityAt(nanos))
                + view.exit().map(exit -> ", last " + exit).orElse("");
    }
}
