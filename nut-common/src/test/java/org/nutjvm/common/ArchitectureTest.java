package org.nutjvm.common;

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
import org.nutjvm.common.conf.ConfReader;

/// What the packages of this module may know of each other and of the world.
@AnalyzeClasses(packages = "org.nutjvm.common", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] PURE = {"..common.wire..", "..common.state..", "..common.conf..", "..common.text.."};

    @ArchTest
    static final ArchRule standsAtTheBottom = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.nutjvm.drivers..",
                    "org.nutjvm.upsd..",
                    "org.nutjvm.upsmon..",
                    "org.nutjvm.upssched..",
                    "org.nutjvm.tools..",
                    "org.nutjvm.cgi..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.nutjvm.common.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule pureCodeKnowsNoShell = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..common.client..", "..common.io..", "..common.log..", "..common.cli..");

    @ArchTest
    static final ArchRule pureCodeTouchesNoSocketThreadOrLogger = noClasses()
            .that()
            .resideInAnyPackage(PURE)
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
            .belongToAnyOf(Thread.class, Process.class, ProcessBuilder.class);

    @ArchTest
    static final ArchRule pureCodeTouchesNoFile = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .and()
            .doNotBelongToAnyOf(ConfReader.class)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Files.class, File.class)
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(File.*|RandomAccessFile)");

    @ArchTest
    static final ArchRule pureCodeReadsNoClock = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class)
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule logbackStaysInTheLogPackage = noClasses()
            .that()
            .resideOutsideOfPackage("..common.log..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ch.qos..");
}
