package dev.steward.testkit.assertj;

import dev.steward.node.NodeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A view as a table for a failure: what the node shows, and beside it what the manager remembers. Not safe for use by many threads. */
final class NodeTable {
    private static final int NAME = 14;

    private final Map<String, String> remembered = new TreeMap<>();
    private final List<String> below = new ArrayList<>();
    private final String title;

    NodeTable(String title) {
        this.title = title;
    }

    /** Puts something beside a record. */
    NodeTable beside(String record, String text) {
        remembered.put(record, text);
        return this;
    }

    /** Puts a line below the table. */
    NodeTable below(String line) {
        below.add(line);
        return this;
    }

    /** The lines, each behind a line break. */
    String text(NodeView view) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {title, view.connected() ? "shows" : "has shown", remembered.isEmpty() ? "" : "we"});
        row(rows, "STATE", view.state() + " since " + view.stateSince());
        row(rows, "REQUEST", view.request());
        row(rows, "TARGET", view.target());
        row(rows, "NOMINAL", view.nominal());
        row(rows, "STATUS", view.status().toString());
        row(rows, "OP", view.op().toString());
        row(rows, "MODE", view.mode().toString());
        row(rows, "MANAGER", view.manager());
        row(rows, "ERROR", view.error().toString());
        row(rows, "CONNECT", view.connected() ? view.connect() : "not connected");
        row(rows, "NOTIFICATION", view.notification() + (view.messages().isEmpty() ? "" : " " + view.messages()));
        row(rows, "OK", String.valueOf(view.ok()));
        row(rows, "ACTIVE", String.valueOf(view.active()));
        row(rows, "version", view.version() + " at " + view.at());
        int width = rows.stream().mapToInt(row -> row[1].length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            String line = "  " + pad(row[0], NAME) + pad(row[1], width + 2) + row[2];
            text.append(System.lineSeparator()).append(line.stripTrailing());
        }
        below.forEach(line -> text.append(System.lineSeparator()).append("  ").append(line));
        return text.toString();
    }

    private void row(List<String[]> rows, String record, String value) {
        rows.add(new String[] {record, value.isEmpty() ? "-" : value, remembered.getOrDefault(record, "")});
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
    }
}
