package dev.steward.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The seed of a test, or of all tests of a class: with it a failure happens again. It wins over {@code -Dsteward.seed}, so that the seed
 * of a defect that was found once can stay in the code.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Seed {
    /** The seed. */
    long value();
}
