package org.nutjvm.drivers.snmp.engine;

/// What an administrator says of the device.
///
/// @param noTransferOids leave `input.transfer.low` and `.high` out
/// @param threePhaseSymmetra these two are voltages between phases, wanted against neutral
public record Quirks(boolean noTransferOids, boolean threePhaseSymmetra) {
    /// Nothing said.
    public static final Quirks NONE = new Quirks(false, false);

    static boolean transfer(String name) {
        return name.equalsIgnoreCase("input.transfer.low") || name.equalsIgnoreCase("input.transfer.high");
    }
}
