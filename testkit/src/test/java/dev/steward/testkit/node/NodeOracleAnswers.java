package dev.steward.testkit.node;

import dev.steward.node.Node;
import dev.steward.node.NodeManager;
import java.util.List;

/** What a manager is asked about its nodes; a stand-in for one may answer wrongly. Not safe for use by many threads. */
class NodeOracleAnswers {
    final NodeManager nodes;

    NodeOracleAnswers(NodeManager nodes) {
        this.nodes = nodes;
    }

    boolean hasArrived(Node node) {
        return node.hasArrived();
    }

    boolean hasCompleted(Node node) {
        return node.hasCompleted();
    }

    boolean hasArrived() {
        return nodes.hasArrived();
    }

    List<Node> stalled() {
        return nodes.stalledNodes();
    }
}
