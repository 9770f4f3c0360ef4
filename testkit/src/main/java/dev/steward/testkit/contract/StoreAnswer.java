package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Preconditions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** One call of a store, and the answers to it, which may come on any thread; the rest is for the thread of the test. */
final class StoreAnswer<T> implements Consumer<T> {
    private final RecordStoreSetting contract;
    private final String what;
    private final BlockingQueue<T> answers = new LinkedBlockingQueue<>();

    /** @param what the call, for the message when there is no answer */
    StoreAnswer(RecordStoreSetting contract, String what) {
        this.contract = contract;
        this.what = what;
    }

    @Override
    public void accept(T answer) {
        answers.add(answer);
    }

    /** The answer, which must come. */
    T await() throws InterruptedException {
        T answer = contract.poll(answers, contract.patience());
        assertThat(answer).as("the answer to '%s'", what).isNotNull();
        return Preconditions.checkNotNull(answer);
    }

    /** The answer, which must come, and be of this kind. */
    <A extends T> A await(Class<A> kind) throws InterruptedException {
        T answer = await();
        assertThat(answer).as("the answer to '%s'", what).isInstanceOf(kind);
        return kind.cast(answer);
    }

    /** Fails if there is an answer within a while that is of another kind. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    final void assertNothingBut(Class<? extends T>... kinds) throws InterruptedException {
        T answer = contract.poll(answers, contract.quiet());
        if (answer != null) {
            assertThat(answer).as("the answer to '%s'", what).isInstanceOfAny(kinds);
        }
    }

    /** Fails if there is an answer within a while that has not been taken. */
    void assertQuiet() throws InterruptedException {
        assertThat(contract.poll(answers, contract.quiet()))
                .as("another answer to '%s'", what)
                .isNull();
    }
}
