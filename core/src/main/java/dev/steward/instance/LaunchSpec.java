package dev.steward.instance;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to run: a program, its arguments, and all of its environment. Immutable.
 *
 * <p>There is no shell and no splitting: each argument reaches the program as it stands here. The environment starts empty.
 *
 * @param argv the program and its arguments; at least the program, none with a NUL character
 * @param directory the working directory; empty for that of the host application
 * @param environment variables to set
 * @param secrets variables to set whose values must not be shown
 * @param inherit names of variables to take over from the host application, where it has them; those set here win
 * @param confinement as whom it runs, and how much it may use
 */
public record LaunchSpec(
        List<String> argv,
        String directory,
        Map<String, String> environment,
        Map<String, Secret> secrets,
        Set<String> inherit,
        Confinement confinement) {

    /** @throws IllegalArgumentException if there is no program, a text has a NUL character, a variable has no proper name or stands in both maps */
    public LaunchSpec {
        argv = List.copyOf(argv);
        environment = ImmutableMap.copyOf(environment);
        secrets = ImmutableMap.copyOf(secrets);
        inherit = Set.copyOf(inherit);
        checkNotNull(confinement, "confinement");
        checkArgument(!argv.isEmpty() && !argv.get(0).isEmpty(), "no program in %s", argv);
        argv.forEach(LaunchSpec::requireNoNul);
        requireNoNul(directory);
        environment.keySet().forEach(LaunchSpec::requireVariable);
        environment.values().forEach(LaunchSpec::requireNoNul);
        secrets.keySet().forEach(LaunchSpec::requireVariable);
        inherit.forEach(LaunchSpec::requireVariable);
        for (Map.Entry<String, Secret> secret : secrets.entrySet()) {
            checkArgument(
                    !environment.containsKey(secret.getKey()), "variable %s is both open and secret", secret.getKey());
            checkArgument(
                    secret.getValue().reveal().indexOf('\0') < 0, "secret %s has a NUL character", secret.getKey());
        }
    }

    /** A program and its arguments, in the directory of the host application, with {@code PATH} as the only inherited variable. */
    public static LaunchSpec of(String... argv) {
        return new LaunchSpec(List.of(argv), "", Map.of(), Map.of(), Set.of("PATH"), Confinement.none());
    }

    /** The same in another working directory. */
    public LaunchSpec withDirectory(String other) {
        return new LaunchSpec(argv, other, environment, secrets, inherit, confinement);
    }

    /** The same with these variables set, instead of those before. */
    public LaunchSpec withEnvironment(Map<String, String> other) {
        return new LaunchSpec(argv, directory, other, secrets, inherit, confinement);
    }

    /** The same with these secret variables set, instead of those before. */
    public LaunchSpec withSecrets(Map<String, Secret> other) {
        return new LaunchSpec(argv, directory, environment, other, inherit, confinement);
    }

    /** The same with these variables inherited, instead of those before. */
    public LaunchSpec withInherit(String... names) {
        return new LaunchSpec(argv, directory, environment, secrets, Set.of(names), confinement);
    }

    /** The same as another user, or with limits. */
    public LaunchSpec withConfinement(Confinement other) {
        return new LaunchSpec(argv, directory, environment, secrets, inherit, other);
    }

    private static void requireNoNul(String text) {
        checkArgument(text.indexOf('\0') < 0, "a NUL character in '%s'", text);
    }

    private static void requireVariable(String name) {
        checkArgument(!name.isEmpty() && name.indexOf('=') < 0 && name.indexOf('\0') < 0, "not a variable: '%s'", name);
    }
}
