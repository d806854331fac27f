/// Devices whose answers have to be waited for, asked in a thread of their own.
@NullMarked
package org.nutjvm.drivers.inquiry;

import org.jspecify.annotations.NullMarked;
