package dev.steward.instance;

/** Why a launch was refused. */
public enum LaunchFailure {
    /** There is no such program. */
    NO_PROGRAM,
    /** The program is there and may not be executed. */
    NOT_EXECUTABLE,
    /** There is no such working directory. */
    NO_DIRECTORY,
    /** A file for the output cannot be opened. */
    NO_OUTPUT,
    /** The host is out of processes, memory or descriptors; the same launch may succeed later. */
    NO_RESOURCES,
    /** The platform, or the account of the host application, cannot do what the launch asks for, such as to run it as another user. */
    NOT_POSSIBLE,
    /** Anything else; the text says what. */
    OTHER;

    /** Whether the same launch can never succeed before somebody has changed something. */
    public boolean isLasting() {
        return this != NO_RESOURCES && this != OTHER;
    }
}
