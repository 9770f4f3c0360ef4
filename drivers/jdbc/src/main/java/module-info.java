/** Record stores on a database: SQLite as the durable default without a server, PostgreSQL for several machines. */
@org.jspecify.annotations.NullMarked
module dev.steward.jdbc {
    requires transitive dev.steward.core;
    requires transitive java.sql;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires static transitive org.jspecify;

    exports dev.steward.jdbc;
}
