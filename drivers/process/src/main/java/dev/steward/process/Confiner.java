package dev.steward.process;

import dev.steward.instance.Confinement;
import dev.steward.instance.Confinement.Limit;
import dev.steward.instance.LaunchFailure;
import dev.steward.process.Privileges.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Turns a {@link Confinement} into the commands that come before a program, each of which puts the next in its place: {@code sh} for the umask,
 * {@code prlimit} while it may still be allowed to raise a limit, and {@code setpriv} last. They are argument vectors; the shell gets one text
 * that never changes, and the rest as arguments. What cannot be done is refused by name before anything is started: each way to become a user
 * or to set limits is tried once on a tool that does nothing. Belongs to the driver's thread.
 *
 * <p><b>What to know.</b> Output goes to the files as always, for they are open before the user changes; but a program that opens
 * {@code /dev/stdout} by its name may not do so as another user. {@code HOME}, {@code USER} and {@code LOGNAME} are <em>not</em> set. What the
 * other user may not enter or execute is seen only by {@code setpriv}: exit code 126 or 127, and its message on standard error. Limits hold for
 * {@code setpriv} too, and a limit of address space or files that no program can start under shows as an exit in the same way. With a user come
 * all groups of that user, with a group alone no other. The shell that sets the umask may be one that adds a variable of its own, such as
 * {@code SHLVL}.
 */
final class Confiner {
    private static final String SET_UMASK = "umask \"$1\"; " + ShellVariables.UNSET + "; shift; exec \"$@\"";
    private static final int CANNOT_START = 126;
    private static final Map<Limit, String> OPTIONS = new EnumMap<>(Map.of(
            Limit.ADDRESS_SPACE, "--as",
            Limit.CORE_SIZE, "--core",
            Limit.CPU_TIME, "--cpu",
            Limit.FILE_SIZE, "--fsize",
            Limit.OPEN_FILES, "--nofile",
            Limit.PROCESSES, "--nproc"));

    private final Tools tools;
    private final Supplier<Privileges> privileges;
    private final Set<List<String>> tried = new HashSet<>();

    Confiner(Tools tools, Supplier<Privileges> privileges) {
        this.tools = tools;
        this.privileges = privileges;
    }

    /**
     * What comes before the program.
     *
     * @param variables names of those that the program is to get
     * @throws LaunchRefused if a part of it cannot be done
     */
    List<String> prefix(Confinement confinement, Set<String> variables) throws LaunchRefused {
        if (confinement.isNone()) {
            return List.of();
        }
        Privileges may;
        try {
            may = privileges.get();
        } catch (UncheckedIOException unseen) {
            throw new LaunchRefused(LaunchFailure.NO_RESOURCES, "cannot see what is allowed: " + unseen.getMessage());
        }
        var prefix = new ArrayList<String>();
        if (confinement.umaskIfSet().isPresent()) {
            prefix.addAll(umask(confinement.umask(), variables));
        }
        if (!confinement.limits().isEmpty()) {
            prefix.addAll(limits(confinement.limits(), may));
        }
        if (!confinement.user().isEmpty()) {
            prefix.addAll(user(confinement.user(), confinement.group(), may));
        } else if (!confinement.group().isEmpty()) {
            prefix.addAll(group(confinement.group(), may));
        }
        return prefix;
    }

    private List<String> umask(int umask, Set<String> variables) throws LaunchRefused {
        String what = String.format("umask %03o", umask);
        for (String variable : variables) {
            if (!ShellVariables.pass(variable)) {
                throw notPossible(what, "the shell that sets it would lose or change the variable '" + variable + "'");
            }
        }
        return List.of(tool("sh", what), "-c", SET_UMASK, "sh", what.substring("umask ".length()));
    }

    private List<String> limits(Map<Limit, Long> limits, Privileges may) throws LaunchRefused {
        var command = new ArrayList<>(List.of(tool("prlimit", "limits " + limits)));
        for (Map.Entry<Limit, Long> entry : limits.entrySet()) {
            Limit limit = entry.getKey();
            long most = entry.getValue();
            String what = "limit " + limit + " " + most;
            if (limit == Limit.OPEN_FILES && most > may.mostFiles()) {
                throw notPossible(what, "this system allows " + may.mostFiles());
            }
            Long own = may.hardLimits().get(limit);
            if (own != null && most > own && !may.has(Capability.SYS_RESOURCE)) {
                throw notPossible(what, "the host application has " + own + " itself, and may not raise that");
            }
            command.add(OPTIONS.get(limit) + "=" + most + ":" + most);
        }
        Tools.Answer answer = tryOut(command);
        if (answer.exit() == 1) { // anything else comes of the limits, not of setting them
            throw notPossible("limits " + limits, answer.text());
        }
        return command;
    }

    private List<String> user(String user, String group, Privileges may) throws LaunchRefused {
        String what = "user '" + user + "'";
        if (!may.has(Capability.SETUID) && group.isEmpty() && isOwn(user, may)) {
            return List.of(); // nothing to change
        }
        require(what, may, Capability.SETUID, Capability.SETGID, Capability.KILL, Capability.SYS_PTRACE);
        String of = group.isEmpty() ? id("-g", user) : existing(group);
        return become(what, "--reuid=" + user, "--regid=" + of, "--init-groups");
    }

    private List<String> group(String group, Privileges may) throws LaunchRefused {
        String what = "group '" + group + "'";
        require(what, may, Capability.SETGID, Capability.SYS_PTRACE);
        return become(what, "--regid=" + existing(group), "--clear-groups");
    }

    private List<String> become(String what, String... options) throws LaunchRefused {
        var command = new ArrayList<>(List.of(tool("setpriv", what)));
        command.addAll(List.of(options));
        Tools.Answer answer = tryOut(command);
        if (answer.exit() == CANNOT_START) {
            throw new LaunchRefused(LaunchFailure.NO_RESOURCES, what + ": " + answer.text());
        }
        if (answer.exit() != 0) {
            throw notPossible(what, answer.text());
        }
        return command;
    }

    /** What cannot be signalled, or found again by its mark, must not be started. */
    private static void require(String what, Privileges may, Capability... all) throws LaunchRefused {
        for (Capability one : all) {
            if (!may.has(one)) {
                throw notPossible(what, "the account of the host application lacks CAP_" + one);
            }
        }
    }

    private boolean isOwn(String user, Privileges may) throws LaunchRefused {
        return id("-u", user).equals(Long.toString(may.user()));
    }

    private String id(String option, String user) throws LaunchRefused {
        String what = "user '" + user + "'";
        Tools.Answer answer = ask(List.of(tool("id", what), option, "--", user));
        if (answer.exit() != 0) {
            throw notPossible(what, "there is none");
        }
        return answer.text();
    }

    private static String existing(String group) throws LaunchRefused {
        try {
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
            return group;
        } catch (UserPrincipalNotFoundException none) {
            throw notPossible("group '" + group + "'", "there is none");
        } catch (IOException unseen) {
            throw new LaunchRefused(LaunchFailure.OTHER, "group '" + group + "': " + unseen);
        }
    }

    private Tools.Answer tryOut(List<String> command) throws LaunchRefused {
        if (tried.contains(command)) {
            return new Tools.Answer(0, "");
        }
        var harmless = new ArrayList<>(command);
        harmless.addAll(tools.harmless());
        Tools.Answer answer = ask(harmless);
        if (answer.exit() == 0) {
            tried.add(command);
        }
        return answer;
    }

    private Tools.Answer ask(List<String> command) throws LaunchRefused {
        try {
            return tools.ask(command);
        } catch (IOException | OutOfMemoryError exhausted) {
            throw new LaunchRefused(LaunchFailure.NO_RESOURCES, "the host cannot start any program now: " + exhausted);
        }
    }

    private String tool(String name, String what) throws LaunchRefused {
        Path tool = tools.find(name);
        if (tool == null) {
            throw notPossible(what, "this needs the program '" + name + "'");
        }
        return tool.toString();
    }

    private static LaunchRefused notPossible(String what, String why) {
        return new LaunchRefused(LaunchFailure.NOT_POSSIBLE, what + " is not possible: " + why);
    }
}
