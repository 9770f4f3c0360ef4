package dev.steward.testkit.proof;

import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The test method that runs a proof, and the one to paste that runs a failure of it again. Immutable. */
record Snippet(String test, boolean takesArguments) {
    private static final Set<String> TESTS = Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory");
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** The test that the caller is in; without a name if it is in none. */
    static Snippet here() {
        List<StackFrame> frames = WALKER.walk(all -> all.toList());
        for (StackFrame frame : frames) {
            Optional<Method> test = test(frame);
            if (test.isPresent()) {
                return new Snippet(frame.getMethodName(), test.get().getParameterCount() > 0);
            }
        }
        return new Snippet("", false);
    }

    private static Optional<Method> test(StackFrame frame) {
        return Arrays.stream(frame.getDeclaringClass().getDeclaredMethods())
                .filter(method -> method.getName().equals(frame.getMethodName()))
                .filter(method -> Arrays.stream(method.getAnnotations())
                        .anyMatch(annotation ->
                                TESTS.contains(annotation.annotationType().getSimpleName())))
                .findFirst();
    }

    /** Source code. */
    String of(Replay replay) {
        if (test.isEmpty()) {
            return "// not run on the thread of a test; in one: Proof.again(\"" + replay + "\", () -> ...);";
        }
        String call = takesArguments ? "() -> " + test + "(/* its arguments */)" : "this::" + test;
        return String.join(
                System.lineSeparator(),
                "@Test",
                "void " + test + "_again() {",
                "    Proof.again(\"" + replay + "\", " + call + ");",
                "}");
    }
}
