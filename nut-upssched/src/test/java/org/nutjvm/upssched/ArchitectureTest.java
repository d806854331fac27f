package org.nutjvm.upssched;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// What upssched may know of other modules and libraries, and its pure classes of the world.
@AnalyzeClasses(packages = "org.nutjvm.upssched", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule usesNoOtherProgram = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.nutjvm.drivers..",
                    "org.nutjvm.upsd..",
                    "org.nutjvm.upsmon..",
                    "org.nutjvm.tools..",
                    "org.nutjvm.cgi..");

    @ArchTest
    static final ArchRule loadsNoLogger = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.slf4j..", "ch.qos..")
            .because("a call for an event would wait longer for it than it runs");

    @ArchTest
    static final ArchRule timersAndOrdersArePure = noClasses()
            .that()
            .haveNameMatching(".*\\.(Timer|Timers|Order|Table)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio..", "java.util.concurrent..", "java.io..", "..common.io..")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");
}
