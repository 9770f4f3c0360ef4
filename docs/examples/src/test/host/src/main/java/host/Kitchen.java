package host;

import dev.steward.event.StateFeed;
import dev.steward.instance.HostManager;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.OnClose;
import dev.steward.instance.SiteConfig;
import dev.steward.process.ProcessDriver;
import dev.steward.time.TimeSource;
import java.nio.file.Path;

/** A host's own class that uses Steward's. */
public final class Kitchen {
    private Kitchen() {}

    public static HostManager manager(InstanceDriver driver, StateFeed feed, TimeSource time) {
        return new HostManager(SiteConfig.of(InstanceSpec.of("kettle", "sleep", "3600")), driver, feed, time);
    }

    public static InstanceDriver driver(Path folder) {
        return new ProcessDriver("kitchen", folder, OnClose.LEAVE);
    }
}
