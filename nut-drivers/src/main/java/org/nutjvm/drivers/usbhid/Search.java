package org.nutjvm.drivers.usbhid;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nutjvm.drivers.hidups.Catalogue;
import org.nutjvm.drivers.hidups.DeviceRule;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.DriverException;
import org.nutjvm.drivers.usb.Identity;
import org.nutjvm.drivers.usb.Permissions;
import org.nutjvm.drivers.usb.UsbBus;
import org.nutjvm.drivers.usb.UsbDevice;
import org.nutjvm.drivers.usb.UsbException;
import org.nutjvm.drivers.usb.UsbHandle;
import org.nutjvm.drivers.usb.UsbId;
import org.nutjvm.drivers.usb.UsbMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for the device on the bus: the first that settings mean and a subdriver takes; later the same
/// one again.
final class Search {
    private static final Logger LOG = LoggerFactory.getLogger(Search.class);

    private final Device device;
    private final UsbBus bus;
    private final UsbMatcher matcher;
    private final Catalogue catalogue;
    private final @Nullable String forced;
    private final boolean explore;
    private final List<Rejected> rejected = new ArrayList<>();

    /// Whether another device with the same ids was ever on the bus. Alone there later, it is not the one that is gone.
    private boolean twins;

    /// A device on the bus that is not the one.
    ///
    /// @param denied whether it could not be opened for lack of permission
    record Rejected(UsbDevice device, String why, boolean denied) {}

    /// The device that is the one, open and claimed.
    record Found(Connection connection, String subdriver, DeviceRule rule, UsbSettings settings, int release) {}

    /// @param forced the subdriver the administrator has chosen, or null
    Search(Device device, UsbBus bus, UsbMatcher matcher, Catalogue catalogue, @Nullable String forced) {
        this.device = device;
        this.bus = bus;
        this.matcher = matcher;
        this.catalogue = catalogue;
        this.forced = forced;
        explore = device.testvar("explore");
    }

    /// The devices of the last search that were not it.
    List<Rejected> rejected() {
        return rejected;
    }

    /// The first device that fits, or null.
    @Nullable
    Found find() throws UsbException, DriverException {
        rejected.clear();
        for (var candidate : bus.devices()) {
            var found = consider(candidate);
            if (found != null) {
                twins = like(candidate.id()).size() > 1;
                return found;
            }
        }
        return null;
    }

    private List<UsbDevice> like(UsbId id) throws UsbException {
        return bus.devices().stream().filter(d -> d.id().equals(id)).toList();
    }

    private boolean byPort() {
        return twins || device.getval("busport") != null;
    }

    private @Nullable Found consider(UsbDevice candidate) throws DriverException {
        String why = matcher.rejects(candidate);
        boolean known = device.getval("vendorid") != null || mayBe(candidate);
        if (why == null && !known) {
            why = "no subdriver knows vendor " + candidate.id().toString().substring(0, 4);
        }
        if (why != null) {
            reject(candidate, why, false);
            return null;
        }
        try {
            return opened(candidate, candidate.open());
        } catch (UsbException e) {
            reject(candidate, String.valueOf(e.getMessage()), e.kind() == UsbException.Kind.ACCESS);
            return null;
        }
    }

    /// Strings that a subdriver asks for are known only when the device is open.
    private boolean mayBe(UsbDevice candidate) {
        return forced != null || explore || catalogue.knowsVendor(candidate.id());
    }

    private @Nullable Found opened(UsbDevice candidate, UsbHandle handle) throws UsbException, DriverException {
        Found found = null;
        try {
            String why = matcher.rejects(handle);
            if (why == null) {
                found = claimed(candidate, handle);
            } else {
                reject(candidate, why, false);
            }
            return found;
        } finally {
            if (found == null) {
                handle.close();
            }
        }
    }

    private @Nullable Found claimed(UsbDevice candidate, UsbHandle handle) throws UsbException, DriverException {
        String subdriver = Catalogue.GENERIC;
        DeviceRule rule = catalogue.ruleOf(candidate.id());
        if (forced != null) {
            subdriver = forced;
        } else if (!explore) {
            var claim = catalogue.claim(
                    candidate.id(), handle.manufacturer(), handle.product(), device.getval("productid") != null);
            switch (claim) {
                case Catalogue.Claim.Taken taken -> {
                    subdriver = taken.subdriver();
                    rule = taken.rule();
                }
                case Catalogue.Claim.Rejected no -> {
                    // An unknown vendor is served by what the standard says, if somebody asked for it by its ids.
                    boolean asked = device.getval("vendorid") != null && device.getval("productid") != null;
                    if (!asked || catalogue.knowsVendor(candidate.id())) {
                        reject(candidate, no.why(), false);
                        return null;
                    }
                }
            }
        }
        var settings = UsbSettings.of(device, rule, candidate.release());
        try {
            return new Found(connect(candidate, handle, settings), subdriver, rule, settings, candidate.release());
        } catch (UsbException e) {
            boolean next = e.kind() == UsbException.Kind.BUSY && device.testvar("allow_duplicates");
            if (!next) {
                // The next that looks the same would be another UPS.
                throw new DriverException(notClaimed(candidate, settings, e));
            }
            reject(candidate, String.valueOf(e.getMessage()), false);
            return null;
        }
    }

    private static String notClaimed(UsbDevice candidate, UsbSettings settings, UsbException e) {
        String text = "Can't claim USB device [" + candidate.id() + "]@" + settings.configIndex() + "/"
                + settings.interfaceNumber() + "/" + settings.descriptorIndex() + " at " + candidate.node() + ": "
                + e.getMessage();
        return switch (e.kind()) {
            case BUSY ->
                text + "\nanother program holds it, perhaps the driver of another section; 'serial' or 'busport' tells"
                        + " equal devices apart, 'allow_duplicates' takes any that is free";
            case ACCESS -> text + " (" + Permissions.of(candidate.node()) + ")";
            default -> text;
        };
    }

    private static Connection connect(UsbDevice candidate, UsbHandle handle, UsbSettings settings) throws UsbException {
        handle.claim(settings.interfaceNumber());
        if (settings.altSetting() >= 0) {
            handle.setAltInterface(settings.interfaceNumber(), settings.altSetting());
        }
        return new Connection(
                handle,
                Identity.of(candidate, handle),
                new UsbHidTransport(handle, settings.interfaceNumber()),
                settings.interfaceNumber(),
                settings.endpointIn());
    }

    /// What a search for a lost device brought.
    ///
    /// @param connection or null
    /// @param seen whether it is on the bus
    /// @param why it could not be had
    record Again(@Nullable Connection connection, boolean seen, String why) {}

    /// The device that was lost, if it is back.
    Again again(Identity lost, UsbSettings settings) throws UsbException {
        String why = "the device is not on the bus";
        boolean seen = false;
        var candidates = like(lost.id());
        twins |= candidates.size() > 1;
        for (var candidate : candidates) {
            try {
                var handle = candidate.open();
                Connection connection = null;
                try {
                    if (Identity.of(candidate, handle).isSame(lost, byPort())) {
                        seen = true;
                        connection = connect(candidate, handle, settings);
                        return new Again(connection, true, "");
                    }
                    why = "another device of the same kind is there, this one is not";
                } finally {
                    if (connection == null) {
                        handle.close();
                    }
                }
            } catch (UsbException e) {
                seen |= e.kind() != UsbException.Kind.GONE;
                why = candidate.node() + ": " + e.getMessage();
            }
        }
        return new Again(null, seen, why);
    }

    /// Has the lost device begin anew, if it is on the bus.
    ///
    /// @return whether it was
    boolean reset(Identity lost) throws UsbException {
        var candidates = like(lost.id());
        twins |= candidates.size() > 1;
        for (var candidate : candidates) {
            try (var handle = candidate.open()) {
                if (Identity.of(candidate, handle).isSame(lost, byPort())) {
                    handle.reset();
                    return true;
                }
            } catch (UsbException e) {
                LOG.debug("reset of {}: {}", candidate.node(), String.valueOf(e.getMessage()));
            }
        }
        return false;
    }

    private void reject(UsbDevice candidate, String why, boolean denied) {
        LOG.debug("{} at {}: {}", candidate.id(), candidate.node(), why);
        rejected.add(new Rejected(candidate, why, denied));
    }
}
