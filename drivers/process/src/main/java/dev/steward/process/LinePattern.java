package dev.steward.process;

import java.util.regex.Pattern;

/** What a line is searched for; two are equal that find the same for the same reason. Immutable. */
final class LinePattern {
    private final Pattern pattern;

    LinePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    static LinePattern literally(String text) {
        return new LinePattern(Pattern.compile(text, Pattern.LITERAL));
    }

    /** Whether it stands in the line; gives up, with an exception, when the thread is interrupted. */
    boolean isIn(String line) {
        return pattern.matcher(new Interruptible(line)).find();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinePattern same
                && pattern.pattern().equals(same.pattern.pattern())
                && pattern.flags() == same.pattern.flags();
    }

    @Override
    public int hashCode() {
        return pattern.pattern().hashCode();
    }

    @Override
    public String toString() {
        boolean literal = (pattern.flags() & Pattern.LITERAL) != 0;
        return literal ? "'" + pattern + "'" : "/" + pattern + "/";
    }

    /** A text that ends a search whose time is over: there are expressions that search a short line for years. */
    private record Interruptible(String text) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted");
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
