package dev.steward.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.time.VirtualTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One recorded story, played against tables of records, and all that differs from what was recorded. Each manager makes one pass after each
 * step. Not safe for use by many threads.
 */
final class Story {
    private static final String FAIL_STATE = "DOWN";

    private final JsonNode vector;
    private final VirtualTime time = new VirtualTime();
    private final NodeManager.Options options;
    private final Map<String, TableChannel> channels = new LinkedHashMap<>();
    private final Map<String, NodeManager> managers = new LinkedHashMap<>();
    private final List<String> differences = new ArrayList<>();
    private int comparisons;

    Story(JsonNode vector, NodeManager.Options options) {
        this.vector = vector;
        this.options = options;
    }

    /** Plays it once; answers what differs, each with its place. */
    List<String> play() {
        for (JsonNode name : vector.get("nodes")) {
            TableChannel channel = new TableChannel(name.asText(), time);
            channel.show(
                    records(NodeView.unseen().toBuilder(), vector.get("initial").get(name.asText())));
            channels.put(name.asText(), channel);
        }
        texts(vector.get("managers")).forEach(this::begin);
        look("at first", vector.get("expect_initial"));
        for (JsonNode step : vector.get("steps")) {
            String where = "step " + step.get("n").asInt();
            Map<String, NodeView> before = new LinkedHashMap<>();
            channels.forEach((name, channel) -> before.put(name, channel.records()));
            happen(step.get("do"));
            if (!step.get("do").get("kind").asText().equals("channel")) {
                compareWrites(where, step.path("writes"), before);
            }
            look(where, step.get("expect"));
        }
        return differences;
    }

    /** How many values were compared. */
    int comparisons() {
        return comparisons;
    }

    private void begin(String manager) {
        managers.put(manager, new NodeManager(manager, List.copyOf(channels.values()), time, options));
    }

    private void happen(JsonNode what) {
        String kind = what.get("kind").asText();
        if (kind.equals("channel")) {
            TableChannel channel = channel(what.get("node").asText());
            channel.change(view -> records(view, what.get("set")));
            return;
        }
        String name = what.get("manager").asText();
        NodeManager manager = manager(name);
        switch (kind) {
            case "set_managed" -> group(manager, what.get("nodes")).setManaged();
            case "release" -> group(manager, what.get("nodes")).release();
            case "set_request" ->
                manager.setRequest(what.get("node").asText(), what.get("state").asText());
            case "revive" -> manager.node(what.get("node").asText()).revive();
            case "revive_all" -> manager.reviveAll();
            case "new_manager" -> {
                manager.close();
                begin(name);
            }
            default -> throw new AssertionError("an unknown step: " + what);
        }
    }

    private static NodeGroup group(NodeManager manager, JsonNode nodes) {
        return nodes.isNull() ? manager : manager.only(texts(nodes).toList());
    }

    private static NodeViewBuilder records(NodeViewBuilder view, JsonNode records) {
        records.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            switch (entry.getKey()) {
                case "connected" -> view.connected(value.booleanValue());
                case "OP" -> view.op(NodeOp.valueOf(value.asText()));
                case "MODE" -> view.mode(NodeMode.valueOf(value.asText()));
                case "MANAGER" -> view.manager(value.asText());
                case "STATE" -> view.state(value.asText());
                case "REQUEST" -> view.request(value.asText());
                case "TARGET" -> view.target(value.asText());
                case "STATUS" -> view.status(NodeStatus.valueOf(value.asText()));
                case "ERROR" -> view.error(error(value));
                case "NOTIFICATION" -> view.notification(value.booleanValue());
                case "OK" -> view.ok(value.booleanValue());
                default -> throw new AssertionError("an unknown record: " + entry);
            }
        });
        return view;
    }

    static NodeError error(JsonNode text) {
        return NodeError.valueOf(text.asText().toUpperCase(Locale.ROOT));
    }

    /** Just what is listed is asked for, and just that is different afterwards, if it was not so before. */
    private void compareWrites(String where, JsonNode writes, Map<String, NodeView> before) {
        for (TableChannel channel : channels.values()) {
            Map<String, String> asked = new TreeMap<>();
            channel.takeWrites().forEach(write -> recordsOf(write, asked));
            Map<String, String> listed = new TreeMap<>();
            writes.path(channel.node())
                    .properties()
                    .forEach(
                            entry -> listed.put(entry.getKey(), entry.getValue().asText()));
            compare(where + ", writes to " + channel.node(), listed, asked);

            Map<String, String> left = tableOf(view(before, channel.node()));
            left.putAll(listed);
            compare(where + ", records left of " + channel.node(), left, tableOf(channel.records()));
        }
    }

    private static void recordsOf(NodeWrite write, Map<String, String> records) {
        if (write instanceof NodeWrite.Request request) {
            records.put("REQUEST", request.state());
        } else if (write instanceof NodeWrite.Manage manage) {
            records.put("MANAGER", manage.by());
            records.put("MODE", "MANAGED");
        } else if (write instanceof NodeWrite.Release release) {
            records.put("MODE", "AUTO");
            if (release.forgetManager()) {
                records.put("MANAGER", "");
            }
        } else {
            throw new AssertionError("no recorded call asks for " + write);
        }
    }

    private static Map<String, String> tableOf(NodeView view) {
        Map<String, String> table = new TreeMap<>();
        table.put("OP", view.op().name());
        table.put("MODE", view.mode().name());
        table.put("MANAGER", view.manager());
        table.put("STATE", view.state());
        table.put("REQUEST", view.request());
        table.put("TARGET", view.target());
        table.put("STATUS", view.status().name());
        table.put("ERROR", view.error().name());
        table.put("NOTIFICATION", String.valueOf(view.notification()));
        table.put("OK", String.valueOf(view.ok()));
        return table;
    }

    private void look(String where, JsonNode expected) {
        managers.values().forEach(NodeManager::manageOnce);
        channels.values().forEach(channel -> compare(where + ", asked in a pass", List.of(), channel.takeWrites()));
        expected.properties().forEach(entry -> compare(where, manager(entry.getKey()), entry.getValue()));
    }

    private void compare(String where, NodeManager manager, JsonNode expected) {
        expected.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            String place = where + ", " + manager.name() + " " + entry.getKey();
            switch (entry.getKey()) {
                case "nodes" ->
                    value.properties().forEach(node -> compare(where, manager.node(node.getKey()), node.getValue()));
                case "fault" -> compare(place, value.booleanValue(), manager.checkFault());
                case "arrived" -> compare(place, value.booleanValue(), manager.hasArrived());
                case "completed" -> compare(place, value.booleanValue(), manager.hasCompleted());
                case "stalled" ->
                    compare(
                            place,
                            texts(value).toList(),
                            manager.stalledNodes().stream().map(Node::name).toList());
                case "not_ok" -> compare(place, texts(value).toList(), List.copyOf(manager.notOk()));
                case "checker" -> {
                    compare(place, decorated(value.get("no_fail_return")), decorated(manager, manager.checker()));
                    compare(
                            place,
                            decorated(value.get("fail_return_DOWN")),
                            decorated(manager, manager.checker(FAIL_STATE)));
                }
                default -> throw new AssertionError("an unknown expectation: " + entry);
            }
        });
    }

    private void compare(String where, Node node, JsonNode expected) {
        expected.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            String place = where + ", " + node.name() + " " + entry.getKey();
            switch (entry.getKey()) {
                case "managed" -> compare(place, value.booleanValue(), node.isManaged());
                case "i_manage" -> compare(place, value.booleanValue(), node.isManagedByUs());
                case "arrived" -> compare(place, value.booleanValue(), node.hasArrived());
                case "done" -> compare(place, value.booleanValue(), node.isDone());
                case "completed" -> compare(place, value.booleanValue(), node.hasCompleted());
                case "stalled" -> compare(place, value.booleanValue(), node.isStalled());
                case "fault" -> compare(place, value.booleanValue(), node.checkFault());
                case "failed_checks" -> compare(place, texts(value).toList(), failedChecks(node));
                case "failed_checks_include" ->
                    compare(
                            place,
                            true,
                            failedChecks(node).containsAll(texts(value).toList()));
                default -> throw new AssertionError("an unknown expectation: " + entry);
            }
        });
    }

    private static List<String> failedChecks(Node node) {
        return node.faults().stream()
                .map(fault -> fault.check().name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** What a method that itself answers true answers behind a checker. */
    private String decorated(NodeManager manager, FaultChecker checker) {
        List<String> messages = new ArrayList<>();
        String answer = checker.check(messages::add).orElse("true");
        compare("the messages of " + manager.name(), messages(manager), messages);
        return answer;
    }

    private static List<String> messages(NodeManager manager) {
        List<String> messages = new ArrayList<>();
        manager.forEach(node -> node.faults().forEach(fault -> messages.add(fault.message())));
        return messages;
    }

    private static String decorated(JsonNode recorded) {
        return recorded.asText();
    }

    private void compare(String where, Object expected, Object actual) {
        comparisons++;
        if (!expected.equals(actual)) {
            differences.add(where + ": " + expected + " is recorded, " + actual + " is ours");
        }
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }

    private TableChannel channel(String name) {
        return known(channels, name);
    }

    private NodeManager manager(String name) {
        return known(managers, name);
    }

    private static NodeView view(Map<String, NodeView> views, String name) {
        return known(views, name);
    }

    private static <T> T known(Map<String, T> things, String name) {
        T thing = things.get(name);
        if (thing == null) {
            throw new AssertionError(name + " is none of " + things.keySet());
        }
        return thing;
    }
}
