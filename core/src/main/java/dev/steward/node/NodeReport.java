package dev.steward.node;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All nodes of one manager as of one moment, for people and for other threads. Immutable.
 *
 * @param system the managing system
 * @param at when it was made, by the wall clock
 * @param rows one for each node, in order, skipped ones included
 */
public record NodeReport(String system, Instant at, List<Row> rows) {
    /** Copies the rows. */
    public NodeReport {
        rows = List.copyOf(rows);
    }

    /**
     * One node.
     *
     * @param name of the node
     * @param view what it shows, REQUEST as it is among it
     * @param lastRequest what this manager has asked for last
     * @param arrived whether it is there
     * @param completed whether it is there and done
     * @param stalled whether it has stalled
     * @param skipped whether the manager leaves it out
     * @param faults what is wrong with it, and what is only told
     */
    public record Row(
            String name,
            NodeView view,
            Optional<String> lastRequest,
            boolean arrived,
            boolean completed,
            boolean stalled,
            boolean skipped,
            List<NodeFault> faults) {
        /** Copies the faults. */
        public Row {
            faults = List.copyOf(faults);
        }

        static Row of(Node node) {
            return new Row(
                    node.name(),
                    node.view(),
                    node.lastRequest(),
                    node.hasArrived(),
                    node.hasCompleted(),
                    node.isStalled(),
                    node.isSkipped(),
                    node.faults());
        }

        private String line() {
            String marks = (completed ? " completed" : arrived ? " arrived" : "")
                    + (stalled ? " STALLED" : "")
                    + (skipped ? " SKIPPED" : "");
            String told = faults.stream().map(NodeFault::message).collect(Collectors.joining("; "));
            return String.format(
                            "%-20s %-16s %-7s %-16s %-16s %-16s%s%s",
                            name,
                            view.connected() ? view.state() : "(" + view.state() + ")",
                            view.status(),
                            view.target(),
                            view.request(),
                            lastRequest.orElse("-"),
                            marks,
                            told.isEmpty() ? "" : "  " + told)
                    .stripTrailing();
        }
    }

    /** A table: name, STATE (in brackets if not connected), STATUS, TARGET, REQUEST, what we asked for, and what is to be told. */
    @Override
    public String toString() {
        String head = String.format(
                "%-20s %-16s %-7s %-16s %-16s %-16s", system, "STATE", "STATUS", "TARGET", "REQUEST", "asked for");
        return rows.stream().map(Row::line).collect(Collectors.joining("\n", head.stripTrailing() + "\n", ""));
    }
}
