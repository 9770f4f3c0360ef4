package dev.steward.instance;

/**
 * Where a manager's configuration comes from: a {@link SiteConfig} itself, or whatever reads one.
 *
 * <p>It is asked on the thread of the pass, once at the start and then when somebody asks for a reload, and should answer quickly.
 */
@FunctionalInterface
public interface ConfigSource {
    /**
     * Reads the configuration. What it throws is a failed reload: the manager keeps the instances that it has, and shows the message,
     * which therefore must not hold a secret.
     */
    SiteConfig load();
}
