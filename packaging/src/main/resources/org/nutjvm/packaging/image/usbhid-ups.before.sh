# libusb has a thread with a stack of the usual size, and where the kernel hands out pages of 2 MB it takes one.
ulimit -S -s 512 2>/dev/null
