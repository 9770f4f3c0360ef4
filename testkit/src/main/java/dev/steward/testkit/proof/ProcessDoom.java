package dev.steward.testkit.proof;

/** Is told when a process has died, to start it again. */
@FunctionalInterface
interface ProcessDoom {
    void died(ProofProcess process);
}
