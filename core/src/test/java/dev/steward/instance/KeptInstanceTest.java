package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.io.BaseEncoding;
import dev.steward.event.Reason;
import dev.steward.store.RecordFormatException;
import dev.steward.store.RecordType;
import dev.steward.store.RecordValue;
import dev.steward.store.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stands in stores has to be read by every version of the software that comes. */
class KeptInstanceTest {
    /** Written by version 1. Whoever changes the fields adds a line of the new version; none is ever taken out. */
    private static final String FIRST_VERSION = "01" + "02" // format, version
            + "04" + "5550" // up
            + "01" // requested
            + "10" + "484F535420626F78" // HOST box
            + "DDB7DE9AF1D9A2A302" // setting
            + "04" + "80C49FD50C" + "00" + "FCC59FD50C" + "80C1BBED01" // two failures
            + "06" // the third end in a row
            + "01" + "0E" + "474156455F5550" // given up
            + "24" + "746F6F206D616E79206661696C7572657321" // too many failures!
            + "01" + "80C0F0F50B" + "02"; // reset

    private static final KeptInstance KEPT = new KeptInstance(
            TargetState.UP,
            true,
            "HOST box",
            -0x123456789ABCDEFL,
            List.of(Instant.ofEpochSecond(1_700_000_000), Instant.ofEpochSecond(1_700_000_126, 249_000_000)),
            3,
            new Reason(InstanceCause.GAVE_UP, "too many failures!"),
            Instant.ofEpochSecond(1_600_000_000, 1));

    private final RecordType<KeptInstance> type = KeptInstance.type("host/here/");

    @Test
    void reads_what_the_first_version_wrote() {
        byte[] bytes = BaseEncoding.base16().decode(FIRST_VERSION);

        assertThat(type.decode(new Versioned("host/here/a", 7, RecordValue.of(bytes))))
                .isEqualTo(KEPT);
    }

    @Test
    void writes_what_the_first_version_wrote() {
        assertThat(BaseEncoding.base16().encode(type.encode(KEPT).toByteArray()))
                .isEqualTo(FIRST_VERSION);
    }

    @Test
    void reads_the_least_that_can_be_kept() {
        KeptInstance least = new KeptInstance(TargetState.DOWN, false, "", 0, List.of(), 0, null, null);

        assertThat(type.decode(new Versioned("host/here/a", 7, type.encode(least))))
                .isEqualTo(least);
    }

    @Test
    void says_which_record_cannot_be_read() {
        byte[] bytes = BaseEncoding.base16().decode(FIRST_VERSION);
        for (int length = 0; length < bytes.length; length++) {
            RecordValue part = RecordValue.of(Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> type.decode(new Versioned("host/here/a", 7, part)))
                    .as("the first %s bytes", length)
                    .isInstanceOf(RecordFormatException.class)
                    .hasMessageContaining("host/here/a");
        }
    }

    @Test
    void keeps_the_newest_thousand_failures_and_the_beginning_of_a_long_reason() {
        List<Instant> many = Collections.nCopies(5_000, Instant.ofEpochSecond(1));
        Reason wordy = new Reason(InstanceCause.GAVE_UP, "x".repeat(100_000));
        KeptInstance kept = new KeptInstance(TargetState.UP, false, "", 0, many, 5_000, wordy, null);

        assertThat(kept.failures()).hasSize(1_000);
        assertThat(type.encode(kept).size()).isLessThan(16_384);
    }

    @Test
    void knows_another_setting_and_no_secret() {
        InstanceSpec spec = InstanceSpec.of("a", "/bin/a");
        InstanceSpec secretive = withSecret(spec, "one");
        long setting = KeptInstance.setting(spec);

        assertThat(KeptInstance.setting(withSecret(spec, "two"))).isEqualTo(KeptInstance.setting(secretive));
        assertThat(KeptInstance.setting(spec.withStart(TargetState.DOWN))).isEqualTo(setting);
        assertThat(List.of(
                        secretive,
                        spec.withLaunch(LaunchSpec.of("/bin/a", "")),
                        spec.withLaunch(LaunchSpec.of("/bin/", "a")),
                        spec.withLaunch(spec.launch().withDirectory("/")),
                        spec.withLaunch(spec.launch().withEnvironment(Map.of("A", "B"))),
                        spec.withLaunch(
                                spec.launch().withConfinement(Confinement.none().withUser("nobody"))),
                        spec.withRestart(RestartPolicy.onFailure()),
                        spec.withRestart(RestartPolicy.standard().withGiveUp(3, Duration.ofSeconds(1)))))
                .extracting(KeptInstance::setting)
                .doesNotContain(setting)
                .doesNotHaveDuplicates();
    }

    @Test
    void has_the_same_setting_in_every_process() {
        InstanceSpec spec = InstanceSpec.of("a", "/bin/a", "x").withRestart(RestartPolicy.onFailure());

        assertThat(KeptInstance.setting(spec)).isEqualTo(9149742647504571002L);
    }

    private static InstanceSpec withSecret(InstanceSpec spec, String secret) {
        return spec.withLaunch(spec.launch().withSecrets(Map.of("S", Secret.of(secret))));
    }
}
