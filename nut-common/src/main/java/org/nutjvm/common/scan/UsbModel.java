package org.nutjvm.common.scan;

/// A USB device that a driver knows.
///
/// @param vendor its vendor id, 0 to 0xffff
/// @param product its product id, 0 to 0xffff
/// @param driver as in `driver = ...` of ups.conf
public record UsbModel(int vendor, int product, String driver) {}
