package org.nutjvm.drivers.apcupsd;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.nutjvm.drivers.inquiry.Inquiry;
import org.nutjvm.drivers.spi.Device;
import org.nutjvm.drivers.spi.Driver;
import org.nutjvm.drivers.spi.Dstate;
import org.nutjvm.drivers.spi.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The device of an apcupsd (drivers/apcupsd-ups.c). It is asked in a thread of its own, so that
/// one that hangs does not
/// keep this driver from answering.
final class ApcupsdDriver implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(ApcupsdDriver.class);

    /// apcupsd itself asks its UPS no more often.
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NisAddress address;
    private final ApcupsdItems table = new ApcupsdItems();
    private final Inquiry<List<Item>> inquiry;

    ApcupsdDriver(Device device, NisAddress address) {
        this.address = address;
        inquiry = new Inquiry<>(device, "apcupsd", PAUSE, PATIENCE, () -> Nis.status(address, LIMIT));
    }

    /// Starts with stale data when apcupsd is not there yet: it may start later.
    @Override
    public void initinfo(Dstate dstate) throws IOException {
        LOG.info("Will poll apcupsd at {}", address);
        dstate.setinfo("ups.mfr", "APC");
        show(dstate, inquiry.first());
    }

    @Override
    public void updateinfo(Dstate dstate) throws IOException {
        var items = inquiry.next();
        if (items != null) {
            show(dstate, items);
        }
    }

    private void show(Dstate dstate, List<Item> items) throws IOException {
        String told = null;
        for (Item item : items) {
            if (item.name().equals("STATUS")) {
                told = item.data();
            }
        }
        String status = told == null ? null : ApcupsdItems.status(told);
        if (status == null) {
            throw inquiry.useless(new IOException("apcupsd at " + address + " has lost its UPS"
                    + (told == null ? " (it tells no status)" : " (" + told + ")")));
        }
        for (var value : table.values(items).entrySet()) {
            if (value.getValue() == null) {
                dstate.delinfo(value.getKey());
            } else {
                dstate.setinfo(value.getKey(), value.getValue());
            }
        }
        dstate.statusInit();
        dstate.statusSet(status);
        dstate.statusCommit();
    }

    @Override
    public Outcome shutdown() {
        LOG.error("shutdown not supported");
        return Outcome.FAILED;
    }

    @Override
    public void close() {
        inquiry.close();
    }
}
