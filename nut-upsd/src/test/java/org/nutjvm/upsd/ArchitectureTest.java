package org.nutjvm.upsd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;

/// What upsd may know of other modules, and its answers of the world.
@AnalyzeClasses(packages = "org.nutjvm.upsd", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule usesNoOtherProgram = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.nutjvm.drivers..",
                    "org.nutjvm.upsmon..",
                    "org.nutjvm.upssched..",
                    "org.nutjvm.tools..",
                    "org.nutjvm.cgi..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.nutjvm.upsd.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule sessionKnowsNoShell = noClasses()
            .that()
            .resideInAPackage("..upsd.session..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..upsd.net..", "..common.client..", "..common.io..", "..common.log..", "..common.cli..");

    @ArchTest
    static final ArchRule sessionTouchesNoSocketFileThreadOrLogger = noClasses()
            .that()
            .resideInAPackage("..upsd.session..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.net..",
                    "java.nio.channels..",
                    "java.util.concurrent..",
                    "com.kenai.jffi..",
                    "org.slf4j..",
                    "ch.qos..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, ProcessBuilder.class, Files.class, File.class);

    @ArchTest
    static final ArchRule sessionReadsNoClock = noClasses()
            .that()
            .resideInAPackage("..upsd.session..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class)
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");
}
