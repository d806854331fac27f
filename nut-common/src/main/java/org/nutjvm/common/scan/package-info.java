/// What drivers tell a program that looks for devices: which ones they know, and what is plugged in.
@NullMarked
package org.nutjvm.common.scan;

import org.jspecify.annotations.NullMarked;
