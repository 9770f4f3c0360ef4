package dev.steward.jdbc;

import java.util.List;

/**
 * What makes one version of the schema out of the one before. Immutable.
 *
 * @param version the version that there is afterwards
 * @param statements what is done, in this order and in one transaction
 */
record Migration(int version, List<String> statements) {}
