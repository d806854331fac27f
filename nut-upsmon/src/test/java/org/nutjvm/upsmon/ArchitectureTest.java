package org.nutjvm.upsmon;

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

/// What upsmon may know of other modules, and its decisions of the world.
@AnalyzeClasses(packages = "org.nutjvm.upsmon", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule usesNoOtherProgram = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.nutjvm.drivers..",
                    "org.nutjvm.upsd..",
                    "org.nutjvm.upssched..",
                    "org.nutjvm.tools..",
                    "org.nutjvm.cgi..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.nutjvm.upsmon.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule decideKnowsNoShell = noClasses()
            .that()
            .resideInAPackage("..upsmon.decide..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..upsmon.run..", "..common.client..", "..common.io..", "..common.log..", "..common.cli..");

    @ArchTest
    static final ArchRule decideTouchesNoSocketFileThreadOrLogger = noClasses()
            .that()
            .resideInAPackage("..upsmon.decide..")
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
    static final ArchRule decideReadsNoClock = noClasses()
            .that()
            .resideInAPackage("..upsmon.decide..")
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
