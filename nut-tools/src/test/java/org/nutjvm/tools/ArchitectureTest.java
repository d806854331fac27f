package org.nutjvm.tools;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.regex.Pattern;
import java.util.stream.BaseStream;

/// What the tools may know of other modules, of each other, and of what makes a start slow.
@AnalyzeClasses(packages = "org.nutjvm.tools", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule useNoOtherProgram = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.nutjvm.drivers..",
                    "org.nutjvm.upsd..",
                    "org.nutjvm.upsmon..",
                    "org.nutjvm.upssched..",
                    "org.nutjvm.cgi..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.nutjvm.tools.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule toolsMeetOnlyInShared =
            slices().matching("org.nutjvm.tools.(up*)..").should().notDependOnEachOther();

    /// A tool lives for milliseconds: a logger, native calls, regular expressions and streams would cost it more than
    /// its work.
    @ArchTest
    static final ArchRule toolsStartFast = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.slf4j..", "ch.qos..", "com.kenai.jffi..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Pattern.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(BaseStream.class);
}
