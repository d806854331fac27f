/// nutdrv_qx: devices that answer lines of text to short questions, in one of many dialects (drivers/nutdrv_qx.c). What
/// the dialects are is in files beside it.
@NullMarked
package org.nutjvm.drivers.qx;

import org.jspecify.annotations.NullMarked;
