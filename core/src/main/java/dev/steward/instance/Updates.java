package dev.steward.instance;

import com.google.common.collect.ImmutableList;
import dev.steward.kernel.Texts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries out updates: reloads of the configuration, and requests. Not safe for use by many threads, but for {@link #status}. */
final class Updates {
    private final Host host;
    private final ConfigSource source;
    private List<TargetRequest> startRequests;
    private volatile @Nullable ConfigStatus status;

    /** @param startRequests to be carried out once, after the first configuration */
    Updates(Host host, ConfigSource source, List<TargetRequest> startRequests) {
        this.host = host;
        this.source = source;
        this.startRequests = startRequests;
    }

    UpdateAnswer carryOut(List<TargetRequest> requests, boolean reload, boolean strict) {
        SiteConfig config = reload ? load() : null;
        Set<String> ids = config == null ? host.roster().addressable() : names(config);
        Requests.Answers answers = Requests.answer(ids, requests);
        if (strict && !answers.allAccepted()) {
            host.publisher().message(host.name(), "an update was refused as a whole: " + bad(answers.answers()));
            return new UpdateAnswer(withdrawn(answers.answers()), Optional.empty());
        }
        if (config != null) {
            host.roster().merge(config);
            host.configured(config.groups());
            host.memory().configured();
            List<TargetRequest> first = startRequests;
            startRequests = List.of();
            carryOut(first);
        }
        apply(answers);
        return new UpdateAnswer(answers.answers(), reload ? status() : Optional.empty());
    }

    private void carryOut(List<TargetRequest> requests) {
        apply(Requests.answer(host.roster().addressable(), requests));
    }

    private void apply(Requests.Answers answers) {
        host.roster().request(answers.targets());
        List<TargetAnswer> bad = bad(answers.answers());
        if (!bad.isEmpty()) {
            host.publisher().message(host.name(), "requests were refused: " + bad);
        }
    }

    private @Nullable SiteConfig load() {
        try {
            SiteConfig config = source.load();
            tell(true, String.join("; ", config.warnings()));
            return config;
        } catch (RuntimeException error) {
            tell(false, host.roster().hideSecrets(Texts.thrown(error)));
            return null;
        }
    }

    private void tell(boolean ok, String message) {
        status = new ConfigStatus(ok, host.pass().moment().wall(), message);
        if (!ok) {
            host.publisher().raise(host.name(), "config", "the configuration cannot be loaded: " + message);
            return;
        }
        host.publisher().clear(host.name(), "config");
        if (!message.isEmpty()) {
            host.publisher().message(host.name(), "configuration: " + message);
        }
    }

    private static Set<String> names(SiteConfig config) {
        Set<String> names = new LinkedHashSet<>();
        config.instances().forEach(spec -> names.add(spec.name()));
        return names;
    }

    private static List<TargetAnswer> bad(List<TargetAnswer> answers) {
        return answers.stream().filter(answer -> !answer.isAccepted()).toList();
    }

    private static List<TargetAnswer> withdrawn(List<TargetAnswer> answers) {
        return answers.stream()
                .map(answer -> answer.isAccepted()
                        ? new TargetAnswer(answer.request(), TargetAnswer.Verdict.NOT_APPLIED)
                        : answer)
                .toList();
    }

    /** The answer of a manager that takes no requests any more. */
    static UpdateAnswer closed(List<TargetRequest> requests) {
        return new UpdateAnswer(
                requests.stream()
                        .map(request -> new TargetAnswer(request, TargetAnswer.Verdict.CLOSED))
                        .collect(ImmutableList.toImmutableList()),
                Optional.empty());
    }

    /** The last attempt to load; empty before the first. From any thread. */
    Optional<ConfigStatus> status() {
        return Optional.ofNullable(status);
    }
}
