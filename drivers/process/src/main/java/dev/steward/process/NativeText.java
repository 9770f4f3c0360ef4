package dev.steward.process;

import dev.steward.instance.LaunchFailure;
import dev.steward.instance.LaunchSpec;
import dev.steward.instance.Secret;
import java.nio.charset.Charset;
import java.util.Map;

/**
 * Sees to it that a program gets the text that it was meant to get: in a JVM whose character set is plain ASCII (as under {@code LANG=C}),
 * the JDK would hand over question marks in place of other letters, and say nothing. Immutable.
 */
final class NativeText {
    private static final int PLATFORM_CHARSET_SINCE = 18;

    private final Charset charset;

    NativeText(Charset charset) {
        this.charset = charset;
    }

    /** With the character set that the JDK uses for arguments and variables. */
    static NativeText ofThisJvm() {
        String name = System.getProperty("sun.jnu.encoding", "");
        boolean platform = Runtime.version().feature() >= PLATFORM_CHARSET_SINCE && Charset.isSupported(name);
        return new NativeText(platform ? Charset.forName(name) : Charset.defaultCharset());
    }

    /** @throws LaunchRefused if an argument, the directory or a variable cannot be handed over; without the value of a secret */
    void check(LaunchSpec spec) throws LaunchRefused {
        for (String argument : spec.argv()) {
            check(argument, "the argument '" + argument + "'");
        }
        check(spec.directory(), "the directory '" + spec.directory() + "'");
        for (Map.Entry<String, String> variable : spec.environment().entrySet()) {
            check(variable.getKey() + variable.getValue(), "the variable " + variable.getKey());
        }
        for (Map.Entry<String, Secret> secret : spec.secrets().entrySet()) {
            check(secret.getKey() + secret.getValue().reveal(), "the secret " + secret.getKey());
        }
    }

    private void check(String text, String what) throws LaunchRefused {
        if (!charset.newEncoder().canEncode(text)) {
            throw new LaunchRefused(
                    LaunchFailure.OTHER, what + " cannot be written in " + charset + ", as this JVM would");
        }
    }
}
