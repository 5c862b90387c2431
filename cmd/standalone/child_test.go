package main

// childPart names the variable that makes this test binary a child process.
const childPart = "VINHDANH_TEST_CHILD"

func beChild(string) int { return 0 }
