package org.nutjvm.cgi;

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
import java.time.ZonedDateTime;
import java.util.regex.Pattern;
import java.util.stream.BaseStream;

/// What status pages may know of other modules and of the world.
@AnalyzeClasses(packages = "org.nutjvm.cgi", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] PURE = {
        "..cgi.web..",
        "..cgi.ups..",
        "..cgi.upsstats..",
        "..cgi.upsset..",
        "..cgi.upsimage..",
        "..cgi.plot..",
        "..cgi.http..",
        "..cgi.board..",
        "..cgi.pages..",
        "..cgi.metrics.."
    };

    @ArchTest
    static final ArchRule useNoOtherProgram = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.nutjvm.drivers..",
                    "org.nutjvm.upsd..",
                    "org.nutjvm.upsmon..",
                    "org.nutjvm.upssched..",
                    "org.nutjvm.tools..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.nutjvm.cgi.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule handlersTouchNoSocketFileThreadOrClock = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..cgi.run..",
                    "..common.client..",
                    "..common.io..",
                    "java.net..",
                    "java.nio.channels..",
                    "java.util.concurrent..",
                    "org.slf4j..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, Process.class, Files.class, File.class, Clock.class)
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime");

    /// A CGI program lives for milliseconds: regular expressions and streams would cost it more than its work.
    @ArchTest
    static final ArchRule programsStartFast = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Pattern.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(BaseStream.class);
}
