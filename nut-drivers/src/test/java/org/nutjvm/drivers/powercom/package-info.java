@NullMarked
package org.nutjvm.drivers.powercom;

import org.jspecify.annotations.NullMarked;
