package io.latchkey.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test in front of the consoles: {@link BrowserUser} is handed to its methods. Skipped where no Chromium is found. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ConsoleExtension.class)
@interface ConsoleTest {}
