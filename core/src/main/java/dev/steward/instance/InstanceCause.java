package dev.steward.instance;

/** Why an instance is as it is: the codes of the causes in its view and in its events. */
public enum InstanceCause {
    /** Nothing has happened to it yet. */
    NEW,
    /** It is wanted up. */
    LAUNCHED,
    /** It was seen running; the text has its pid. */
    RUNNING,
    /** It has ended although it was wanted up; the text says how, and when it is started again. */
    EXITED,
    /** It could not be launched; the text says why, and when that is tried again. */
    LAUNCH_REFUSED,
    /** It was to be launched and nobody knows what became of that; the manager looks before it tries again. */
    LAUNCH_UNKNOWN,
    /** Its start is due and was put off, because an earlier process of it is still there, or may be. */
    EARLIER_PROCESS,
    /** Its start is due and was put off, because processes of an earlier manager are stopped before anything is launched. */
    SURVIVORS_FIRST,
    /** It runs, left behind by an earlier manager, and is being stopped. */
    SURVIVOR,
    /** It runs although nobody here launched it, and is being stopped. */
    STRAY,
    /** What is due was put off, because somebody holds it, or because the manager only observes; the text says who and why. */
    HANDS_OFF,
    /** It is told to stop; the text says why. */
    STOP_REQUESTED,
    /** It has stopped as it was told to. */
    STOPPED,
    /** It has survived its whole stop plan; the last signal of that is repeated. */
    REFUSED_TO_DIE,
    /** It runs, launched by an earlier manager, and is looked after by this one now. */
    ADOPTED,
    /** Its start is due and was put off, because instances that come first are not up yet. */
    DEPENDENCIES_FIRST,
    /** It is to stop and was not told to yet, because instances that come after it are still there. */
    DEPENDENTS_FIRST,
    /** It runs and was not ready within the limit of a start; it is stopped, and started again later. */
    NOT_READY,
    /** It runs and its liveness probe has said too often that it is not well; it is restarted. */
    UNWELL,
    /** Somebody has asked for a restart. */
    RESTART_REQUESTED,
    /** Its recycle policy has asked for a restart. */
    RECYCLED,
    /** Another member of its group has failed; it is restarted too. */
    GROUP_RESTARTED,
    /** It has failed too often, and stays down until somebody asks for it. */
    GAVE_UP,
    /** It has ended in a way after which it is not launched again, and stays down until somebody asks for it. */
    COMPLETED,
    /** It has survived its stop plan and is wanted up again: so it stays, instead of a second copy. */
    TAKEN_BACK,
    /** It was about to be started and is not wanted up any more. */
    CANCELLED,
    /** It is not configured any more. */
    RETIRED,
    /** The manager's driver does not start or stop what is managed in this way. */
    NO_DRIVER,
    /** It still ran when the time for a shutdown was over. */
    SHUTDOWN_LIMIT
}
