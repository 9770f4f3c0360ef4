/** Tests of the node feature with the testkit: the fake node, its contract, and managers over it. */
package dev.steward.testkit.node;
