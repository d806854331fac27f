@NullMarked
package org.nutjvm.drivers.apcupsd;

import org.jspecify.annotations.NullMarked;
