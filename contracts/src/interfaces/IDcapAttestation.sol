// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

/// @title What is used of an on-chain verifier of Intel DCAP quotes.
/// @dev The interface and the output of Automata's DCAP attestation, release 1.1 (github.com/automata-network/
/// automata-dcap-attestation, evm/contracts): quote version, 2 bytes; quote body type, 2 (1 SGX, 2 TD 1.0, 3 TD 1.5);
/// TCB status, 1 (0 UpToDate, 1 SWHardeningNeeded, 2 ConfigurationAndSWHardeningNeeded, 3 ConfigurationNeeded, 4 OutOfDate,
/// 5 OutOfDateConfigurationNeeded, 6 Revoked, 7 unknown); FMSPC, 6; the quote body, 384, 584 or 648; the advisories. To a
/// platform that it finds revoked it says no, as it does where its collateral ran out.
interface IDcapAttestation {
    function verifyAndAttestOnChain(bytes calldata rawQuote) external payable returns (bool success, bytes memory output);
}
