package dev.steward.curator;

import dev.steward.store.StoreTrouble;
import org.apache.zookeeper.KeeperException.Code;

/** What ZooKeeper's codes mean for whoever asked. Immutable. */
final class Failure {
    private Failure() {}

    /** The code of a number; {@code SYSTEMERROR} if it is none. */
    static Code code(int rc) {
        Code code = Code.get(rc);
        return code == null ? Code.SYSTEMERROR : code;
    }

    /** Whether a transaction with this code lost a race, certainly not done, and may be tried anew after a look. */
    static boolean isRace(Code code) {
        return code == Code.BADVERSION || code == Code.NODEEXISTS || code == Code.NONODE || code == Code.NOTEMPTY;
    }

    /** Whether it will be no better next time. */
    static boolean isRefusal(Code code) {
        return switch (code) {
            case NOAUTH, AUTHFAILED, INVALIDACL, BADARGUMENTS, UNIMPLEMENTED, QUOTAEXCEEDED -> true;
            default -> false;
        };
    }

    /** What is told of a request that changes something. */
    static StoreTrouble ofWrite(Code code, String where) {
        if (isRefusal(code)) {
            return refusal(code, where);
        }
        if (code == Code.THROTTLEDOP || code == Code.NOTREADONLY) {
            return new StoreTrouble.Unavailable(where + ": " + code);
        }
        return new StoreTrouble.Unknown(where + ": " + code);
    }

    static StoreTrouble.Refused refusal(Code code, String where) {
        return new StoreTrouble.Refused(
                switch (code) {
                    case NOAUTH -> where + ": not allowed with these credentials (NOAUTH)";
                    case INVALIDACL -> where + ": the access list fits no login of this connection (INVALIDACL)";
                    case UNIMPLEMENTED -> where + ": the server is too old, it takes ZooKeeper 3.9 (UNIMPLEMENTED)";
                    default -> where + ": " + code;
                });
    }
}
