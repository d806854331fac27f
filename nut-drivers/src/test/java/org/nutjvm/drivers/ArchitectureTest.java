package org.nutjvm.drivers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.regex.Pattern;

/// What the driver core and the drivers may know of other modules and of each other.
@AnalyzeClasses(packages = "org.nutjvm.drivers", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule useNoOtherProgram = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.nutjvm.tools..",
                    "org.nutjvm.upsd..",
                    "org.nutjvm.upsmon..",
                    "org.nutjvm.upssched..",
                    "org.nutjvm.cgi..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.nutjvm.drivers.(*)..").should().beFreeOfCycles();

    /// A driver author sees no sockets, no threads, no files but the names of directories.
    @ArchTest
    static final ArchRule spiDoesNoInputOrOutput = noClasses()
            .that()
            .resideInAPackage("..spi..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.net..", "java.nio.channels..", "java.util.concurrent..", "org.nutjvm.common.io..");

    @ArchTest
    static final ArchRule spiAndCoreKnowNoDriver = noClasses()
            .that()
            .resideInAnyPackage("..spi..", "..core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..dummy..", "..hidups..", "..usbhid..");

    /// Memory: a driver runs for years and asks no regular expressions, but for those an administrator
    /// writes to choose a USB device.
    @ArchTest
    static final ArchRule driversNeedNoRegularExpressions = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(UsbMatcher|UsbHidProgram)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Pattern.class);

    @ArchTest
    static final ArchRule onlyOnePlaceKnowsLibusb = noClasses()
            .that()
            .haveNameNotMatching(".*\\.usb\\.LibUsb.*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.usb4java..");

    /// Descriptors and values are bytes in, numbers out.
    @ArchTest
    static final ArchRule hidIsPure = noClasses()
            .that()
            .resideInAPackage("..drivers.hid..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..",
                    "java.nio..",
                    "java.net..",
                    "java.util.concurrent..",
                    "org.slf4j..",
                    "org.nutjvm.common..");
}
