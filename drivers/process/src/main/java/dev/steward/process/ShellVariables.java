package dev.steward.process;

import java.util.Set;
import java.util.regex.Pattern;

/** Which variables get through a shell, of whatever make, as they are. Stateless, and so safe for use by many threads. */
final class ShellVariables {
    /** What a shell sets by itself, to be unset in it again. */
    static final String UNSET = "unset PWD OLDPWD SHLVL";

    private static final Pattern NAME = Pattern.compile("(?!BASH)[A-Za-z_][A-Za-z0-9_]*");
    private static final Set<String> CHANGED = Set.of(
            "PWD",
            "OLDPWD",
            "SHLVL",
            "_",
            "IFS",
            "OPTIND",
            "OPTARG",
            "OPTERR",
            "PPID",
            "LINENO",
            "PS1",
            "PS2",
            "PS3",
            "PS4",
            "UID",
            "EUID",
            "GROUPS",
            "RANDOM",
            "SRANDOM",
            "SECONDS",
            "EPOCHSECONDS",
            "EPOCHREALTIME",
            "HISTCMD",
            "COMP_WORDBREAKS",
            "SHELLOPTS",
            "POSIXLY_CORRECT");

    private ShellVariables() {}

    /** Whether a program behind a shell would get it with the value that the shell was given. */
    static boolean pass(String name) {
        return NAME.matcher(name).matches() && !CHANGED.contains(name);
    }
}
